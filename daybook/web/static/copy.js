/**
 * Buttons that copy what stands in a field: `<button data-copies="<id of the field>" hidden>`, and beside it an
 * element with `data-copied` that says that it was done. Without a clipboard they stay hidden, and the field is selected by hand.
 */

import { t } from "./i18n.js";

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copies]"))) {
  const field = document.getElementById(button.dataset["copies"] ?? "");
  if (!(field instanceof HTMLInputElement) || !navigator.clipboard) continue;
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    const said = button.parentElement?.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(field.value);
      if (said) said.textContent = t("Copied.");
    } catch {
      if (said) said.textContent = t("It could not be copied. The address is selected: copy it from there.");
    }
  });
}
