/** Finding choices by words. */

/**
 * The choices that have all of some words, in them or in the name of their group, and the one that is chosen.
 *
 * @param {import("./form-fields.js").Choices} choices
 * @param {string} wanted
 * @param {string} chosen
 */
export function found(choices, wanted, chosen) {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices;
  return choices
    .map(({ label, options }) => ({
      label,
      options: options.filter(([key, said]) => {
        const text = plain(`${label} ${said}`);
        return key === chosen || words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ options }) => options.length > 0);
}

/** Without accents and capitals. @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
