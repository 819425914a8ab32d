/** What the page may ask of the machine: to write to the clipboard, nothing else. */
import { session } from 'electron';

const granted: readonly string[] = ['clipboard-sanitized-write'];

export function setupPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(granted.includes(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => granted.includes(permission));
  defaultSession.setDevicePermissionHandler(() => false);
}
