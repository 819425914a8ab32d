/** What every process of ours gets of the environment, and nothing else: no secret of the person's shell comes along. */

const always = ['PATH', 'HOME', 'TMPDIR', 'LANG'];
/** Without these, programs do not start or find no folder for temporary files there. */
const onWindows = [
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
];

export function minimalEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const names = process.platform === 'win32' ? [...always, ...onWindows] : always;
  const kept = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), ...more };
}
