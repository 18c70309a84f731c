/** Work that waits until there is nothing else to do. Where a browser does not tell when that is, as Safari, it waits a little. */

export const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ didTimeout: false, timeRemaining: () => 0 }), 50));
export const forget = window.cancelIdleCallback ?? clearTimeout;
