/** The owner's token of a browser session: it comes in the address once, and never stays there. */

const storageKey = 'agentcoord.token';

/** Takes the token out of `#token=…` (so that no copied address leaks it), or gives the one of this tab. */
export function takeSessionToken(): string | null {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const given = parameters.get('token');
  if (given) {
    sessionStorage.setItem(storageKey, given);
    history.replaceState(null, '', `${location.pathname}#${parameters.get('at') ?? '/'}`);
  }
  return sessionStorage.getItem(storageKey);
}
