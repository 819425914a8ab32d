/** Puts the focus at the beginning of the screen: Tab goes on from there, and a screen reader says where one is. */

/** After somebody went there by a key: once the screen is drawn, and whoever gave way to it has given the focus back. */
export function focusScreen(): void {
  const focus = () => document.getElementById('main')?.focus({ preventScroll: true });
  requestAnimationFrame(() => requestAnimationFrame(focus));
}
