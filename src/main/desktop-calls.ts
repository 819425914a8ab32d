/** Answers what the page asks of the app: only to our own page, only what fits the schema, a refusal in words. */
import type { IpcMainInvokeEvent } from 'electron';
import { BrowserWindow, ipcMain } from 'electron';
import { callMessageName } from '../contract/desktop-bridge.ts';
import type { DesktopAnswers, DesktopCall, DesktopCallName } from '../contract/desktop-calls.ts';
import { desktopCallSchemas } from '../contract/desktop-calls.ts';
import type { Outcome } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import { isFromOwnPage } from './app-address.ts';

export type DesktopHandlers = {
  readonly [Name in DesktopCallName]: (
    call: DesktopCall<Name>,
    window: BrowserWindow,
  ) => DesktopAnswers[Name] | Promise<DesktopAnswers[Name]>;
};

export function setupDesktopCalls(handlers: DesktopHandlers): void {
  ipcMain.handle(callMessageName, async (event, name: unknown, argument: unknown): Promise<Outcome> => {
    if (!isFromOwnPage(event)) return refused('FORBIDDEN', 'Only the app’s own page may ask this');
    try {
      return { ok: true, value: await answer(handlers, event, name, argument) };
    } catch (error) {
      if (error instanceof CoordError) return { ok: false, error: error.toJSON() };
      return refused('INTERNAL', error instanceof Error ? error.message : String(error));
    }
  });
}

async function answer(
  handlers: DesktopHandlers,
  { sender }: IpcMainInvokeEvent,
  name: unknown,
  argument: unknown,
): Promise<unknown> {
  if (!isCallName(name)) throw new CoordError('BAD_INPUT', `The app knows no call "${String(name)}"`);
  const parsed = desktopCallSchemas[name].safeParse(argument);
  if (!parsed.success) throw new CoordError('BAD_INPUT', `${name}: ${parsed.error.issues[0]?.message}`);
  const window = BrowserWindow.fromWebContents(sender);
  if (!window) throw new CoordError('WRONG_STATE', 'The window is closed');
  // The schema of this very name has looked at it.
  return await handlers[name](parsed.data as never, window);
}

const isCallName = (name: unknown): name is DesktopCallName =>
  typeof name === 'string' && Object.hasOwn(desktopCallSchemas, name);

function refused(code: 'FORBIDDEN' | 'INTERNAL', message: string): Outcome {
  return { ok: false, error: new CoordError(code, message).toJSON() };
}
