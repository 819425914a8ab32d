/** What the pages of the UI may be styled by, wherever they are served from. */

/**
 * The texts of the two style elements that the component library sets: where a press may scroll, and what a dialog keeps from
 * scrolling. Nothing else that is inline is let in. After a change of react-aria-components the browser's tests tell which
 * text is another one now, with its hash.
 */
const ofComponentLibrary = [
  'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=',
  'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg=',
];

export const stylePolicy = `style-src 'self' ${ofComponentLibrary.map((hash) => `'${hash}'`).join(' ')}`;
