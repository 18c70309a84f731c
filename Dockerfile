FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1
WORKDIR /app

# Requirements first: this layer is reused until they change.
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY LICENSE pyproject.toml requirements.in ./
COPY daybook daybook
RUN pip install --no-cache-dir --no-deps --no-build-isolation --no-index . \
    && rm -rf /app/* \
    && useradd --system --create-home --home-dir /home/daybook daybook

USER daybook
WORKDIR /home/daybook
EXPOSE 8000

# The first start also migrates and builds the views, hence the long start period.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]

CMD ["daybook", "serve", "--host", "0.0.0.0", "--workers", "2"]
