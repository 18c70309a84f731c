/** The id of what takes the place of another one of its kind, where nobody makes ids: the server counts them as here. @param {string} kind @param {string | null | undefined} before */
export function counted(kind, before) {
  return `${kind}-${before ? Number(before.split("-")[1]) + 1 : 1}`;
}
