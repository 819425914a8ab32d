/** Serves the built UI to the window as `app://agentcoord/`, under a strict policy; nothing else of the disk is reachable. */
import { protocol } from 'electron';
import { CoordError } from '../core/error.ts';
import { rendererFolder } from '../serve/installation.ts';
import { stylePolicy } from '../serve/page-policy.ts';
import type { StaticFiles } from '../serve/static-files.ts';
import { openStaticFiles } from '../serve/static-files.ts';
import { appScheme } from './app-address.ts';

const contentPolicy = [
  `default-src 'none'`,
  `script-src 'self'`,
  stylePolicy,
  `img-src 'self' data:`,
  `font-src 'self'`,
  // The page speaks to its host over a port alone.
  `connect-src 'none'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/** Must run before the app is ready. A standard scheme has an origin, and with it storage of its own. */
export function setupAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** @throws CoordError `NOT_FOUND` - the UI is not built */
export async function setupAppProtocol(): Promise<void> {
  const files = await openStaticFiles(rendererFolder);
  if (!files) throw new CoordError('NOT_FOUND', `The UI is not in ${rendererFolder}: run \`npm run build\`.`);
  protocol.handle(appScheme, (request) => answer(request, files));
}

async function answer({ url, method }: Request, files: StaticFiles): Promise<Response> {
  const file = method === 'GET' ? await files.find(new URL(url).pathname, true) : null;
  if (!file) return new Response('There is no such file.', { status: 404 });
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'content-type': file.type,
      'content-security-policy': contentPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}
