/**
 * What a client of the live protocol knows, as a pure fold over the server's frames.
 *
 * A position counts all events of the network, and this client hears of few of them. So a gap is not
 * a jump in positions: it is a patch whose `previous` is after the last position that was applied.
 */

/**
 * @typedef {Record<string, any>} Entries key to value, as the projection shows it
 * @typedef {{ position: number, previous: number, at: string, actor: string, event: string,
 *   patch: Record<string, any> }} Change
 * @typedef {{ person: string, looking_at: string | null, typing: boolean, unsaved?: string[] }} Presence
 * @typedef {{ stream: string, epoch: string | null, position: number | null, view: Entries,
 *   people: Presence[], behind: boolean }} LiveState
 *   `position` is null until a snapshot counts; `behind` while a missed patch is being asked for
 * @typedef {{ type: "welcome", epoch: string, heartbeat_ms: number }
 *   | { type: "snapshot", stream: string, position: number, view: Entries }
 *   | ({ type: "patch", stream: string } & Change)
 *   | { type: "patches", stream: string, patches: Change[] }
 *   | { type: "presence", stream: string, people: Presence[] }
 *   | { type: "resync", stream: string }
 *   | { type: "pong" }
 *   | { type: "bye", reason: string, retry_ms?: number }} Frame
 * @typedef {{ state: LiveState, applied: Change[], ask: boolean }} Step
 *   `applied` are the changes that this frame made; `ask` says that `hello` must be sent again
 */

/**
 * Begin from what the page was drawn with.
 *
 * @param {string} stream
 * @param {{ epoch: string | null, position: number | null, view: Entries }} known
 * @returns {LiveState}
 */
export function begin(stream, known) {
  return { stream, ...known, people: [], behind: false };
}

/**
 * The `hello` that asks for what this client lacks.
 *
 * @param {LiveState} state
 * @param {string} client
 * @param {string} [person] whose page this is; the server tells nobody else's news to it
 */
export function hello(state, client, person) {
  const { epoch, position, stream } = state;
  return { type: "hello", client, ...(person ? { person } : {}), ...(epoch ? { epoch } : {}), streams: [{ stream, after: position }] };
}

/**
 * @param {LiveState} state
 * @param {Frame} frame
 * @returns {Step}
 */
export function receive(state, frame) {
  if ("stream" in frame && frame.stream !== state.stream) return { state, applied: [], ask: false };
  switch (frame.type) {
    case "welcome": {
      const restored = state.epoch !== null && state.epoch !== frame.epoch;
      const position = restored ? null : state.position;
      return { state: { ...state, epoch: frame.epoch, position }, applied: [], ask: restored };
    }
    case "snapshot": {
      const { position, view } = frame;
      return { state: { ...state, position, view, behind: false }, applied: [], ask: false };
    }
    case "patch":
      return change(state, [frame]);
    case "patches":
      return change({ ...state, behind: false }, frame.patches);
    case "presence":
      return { state: { ...state, people: frame.people }, applied: [], ask: false };
    case "resync":
      return { state: { ...state, position: null }, applied: [], ask: false };
    default:
      return { state, applied: [], ask: false };
  }
}

/**
 * @param {LiveState} state
 * @param {Change[]} changes
 * @returns {Step}
 */
function change(state, changes) {
  /** @type {Change[]} */
  const applied = [];
  let { position, view } = state;
  if (position === null) return { state, applied, ask: false };
  for (const one of changes) {
    if (one.position <= position) continue;
    if (one.previous > position) {
      return { state: { ...state, position, view, behind: true }, applied, ask: !state.behind };
    }
    view = apply(view, one.patch);
    position = one.position;
    applied.push(one);
  }
  return { state: { ...state, position, view, behind: state.behind && applied.length === 0 }, applied, ask: false };
}

/**
 * @param {Entries} view
 * @param {Record<string, any>} patch
 * @returns {Entries} a new view; entries are replaced whole, or gone where the patch says null
 */
function apply(view, patch) {
  const next = { ...view };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete next[key];
    else next[key] = value;
  }
  return next;
}

/**
 * Take in an answer to `GET /api/v1/live`, which says the same as frames do.
 *
 * @param {LiveState} state
 * @param {{ epoch: string, position: number, patches?: Change[], snapshot?: Entries }} answer
 * @returns {Step}
 */
export function receivePoll(state, answer) {
  const { stream } = state;
  const { position: told, snapshot } = answer;
  const { state: known } = receive(state, { type: "welcome", epoch: answer.epoch, heartbeat_ms: 0 });
  if (snapshot) return receive(known, { type: "snapshot", stream, position: told, view: snapshot });
  const step = receive(known, { type: "patches", stream, patches: answer.patches ?? [] });
  const { position } = step.state;
  if (position === null || step.ask) return step;
  return { ...step, state: { ...step.state, position: Math.max(position, told) } };
}
