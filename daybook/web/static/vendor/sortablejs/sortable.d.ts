/** What Daybook uses of SortableJS: one that feels a drag, and puts nothing anywhere. */
export default class Sortable {
  constructor(list: HTMLElement, options: {
    handle: string;
    draggable: string;
    sort: boolean;
    forceFallback: boolean;
    fallbackOnBody: boolean;
    fallbackTolerance: number;
    fallbackClass: string;
    ghostClass: string;
    forceAutoScrollFallback: boolean;
    scrollSensitivity: number;
    onStart: () => void;
    onUnchoose: () => void;
    onEnd: () => void;
  });
  destroy(): void;
}
