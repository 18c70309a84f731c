"""Run the named benchmarks, or all: modules of this package with a `main` and a docstring on how to read them."""

import importlib
import pkgutil
import sys

import benchmarks


def main() -> None:
    known = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name[0] != "_")
    names = sys.argv[1:] or known
    if unknown := set(names) - set(known):
        sys.exit(f"There is no benchmark called {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n{name}: {(module.__doc__ or '').strip()}\n")
        module.main()


if __name__ == "__main__":
    main()
