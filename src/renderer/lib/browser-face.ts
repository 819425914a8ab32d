/** What the page brings to its connection: when to draw, and the company of the last visit. */
import type { Soon } from '../../contract/live-company.ts';
import type { Face } from '../../rpc/client-company.ts';
import { openLine } from './open-line.ts';

const companyKey = 'agentcoord.company';

/** While the page is hidden nothing needs to be drawn within a frame. */
const hiddenDelayMs = 250;

/** With the next frame, or a little later on a page that nobody sees. */
const nextFrame: Soon = (draw) => {
  if (document.visibilityState === 'visible') requestAnimationFrame(draw);
  else setTimeout(draw, hiddenDelayMs);
};

/** @param token of a browser session; the desktop brings its own */
export function browserFace(token: string | null): Face {
  return {
    openLine: () => openLine(token),
    client: 'browser',
    soon: nextFrame,
    kept: {
      read: () => localStorage.getItem(companyKey),
      write: (company) => {
        if (company === null) localStorage.removeItem(companyKey);
        else localStorage.setItem(companyKey, company);
      },
    },
  };
}
