/** How this program was called, so that advice can be typed as it stands. */

/** `npx agentcoord` where npx started it: without it the name alone would not be found. */
export function calledAs(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const isByNpx = env.npm_command === 'exec' && env.npm_lifecycle_event === 'npx';
  return isByNpx ? 'npx agentcoord' : 'agentcoord';
}
