/**
 * The view with this person's own pending commands on top, so that what I did shows at once.
 *
 * Only what a person says for themselves is shown ahead of the server. A reveal or a consensus is the
 * room's, and shows when the room has it.
 */

/**
 * @typedef {import("./room-view.js").View} View
 * @typedef {import("./commands.js").Pending} Pending
 *
 * @param {View} view
 * @param {Pending[]} commands oldest first
 * @param {string} me
 * @returns {View} the same object when nothing is pending
 */
export function withPending(view, commands, me) {
  if (commands.length === 0) return view;
  const shown = { ...view };
  for (const command of commands) put(shown, command, me);
  return shown;
}

/** @param {View} view @param {Pending} command @param {string} me */
function put(view, { type, data, at }, me) {
  const { indicator, evidence } = data;
  const now = new Date(at).toISOString();
  const item = view[`evidence:${evidence}`];
  switch (type) {
    case "join-review": {
      const member = view[`member:${me}`];
      if (member) view[`member:${me}`] = { ...member, arrived_at: member.arrived_at ?? now };
      break;
    }
    case "give-rating": {
      const late = view[`indicator:${indicator}`]?.stage !== "blind";
      const about = { code: indicator, person: me };
      if (!late) view[`rated:${indicator}:${me}`] = { kind: "rated", ...about };
      const kind = late ? "late" : "rating";
      view[`${kind}:${indicator}:${me}`] = { kind, ...about, answer: data.answer };
      break;
    }
    case "withdraw-rating":
      delete view[`rated:${indicator}:${me}`];
      delete view[`rating:${indicator}:${me}`];
      break;
    case "add-evidence":
      if (!item) view[`evidence:${evidence}`] = { ...wording(data), person: me, at: now, earlier: [], withdrawn: false };
      break;
    case "revise-evidence":
      if (item && !says(item, wording(data))) {
        view[`evidence:${evidence}`] = { ...item, ...wording(data), earlier: [...item.earlier, item.text] };
      }
      break;
    case "withdraw-evidence":
      if (item) view[`evidence:${evidence}`] = { ...item, withdrawn: true };
      break;
  }
}

/** @param {Record<string, unknown>} data */
function wording({ evidence, source, stance, indicators, text, setting }) {
  return { kind: "evidence", evidence, source, stance, indicators, text, setting: setting ?? null };
}

/** Whether an item says this already: the stream can be quicker than the answer. @param {any} item @param {Record<string, any>} words */
function says(item, words) {
  return Object.entries(words).every(([field, value]) => JSON.stringify(item[field]) === JSON.stringify(value));
}
