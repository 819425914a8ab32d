/** Ends cleanly, and not by surprise: whoever quits while workers work is asked; then the log closes, and the app goes. */
import { app, BrowserWindow, dialog, powerMonitor } from 'electron';
import type { Host } from '../serve/open-host.ts';
import type { QuitAnswer } from './quit-question.ts';
import { quitQuestion } from './quit-question.ts';
import type { AppWindow } from './window.ts';
import { workInHand } from './work-in-hand.ts';

export interface QuitOptions {
  readonly window: AppWindow;
  /** Aborted first, so that nothing asks a host that closes. */
  readonly ending: AbortController;
  /** The app ends by itself once the work in hand is done. */
  readonly onFinishing: () => void;
}

export function setupQuit(host: Host, { window, ending, onFinishing }: QuitOptions): void {
  let mayGo = false;
  let isAsking = false;
  let isFinishing = false;
  const go = () => {
    mayGo = true;
    app.quit();
  };
  const finish = () => {
    if (isFinishing) return;
    isFinishing = true;
    onFinishing();
    host.finish().then(go, go);
  };
  const ask = async () => {
    // Who can't be asked what they do does not keep the app from ending.
    const work = await workInHand(host).catch(() => []);
    const answer = work.length === 0 ? 'stop' : await askPerson(quitQuestion(work, isFinishing));
    if (answer === 'stop') return go();
    if (answer === 'finish') finish();
    // It may have been the last window whose end asked to quit.
    if (BrowserWindow.getAllWindows().length === 0) window.show(null);
  };
  app.on('before-quit', (event) => {
    if (mayGo || ending.signal.aborted) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    ask()
      .catch(go)
      .finally(() => {
        isAsking = false;
      });
  });
  // The system ends, or a person in a terminal: nobody is there to answer.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, go);
  powerMonitor.on('shutdown', go);
  closeBeforeEnd(host, ending);
}

function closeBeforeEnd(host: Host, ending: AbortController): void {
  let isClosing = false;
  app.on('will-quit', (event) => {
    if (isClosing) return;
    event.preventDefault();
    isClosing = true;
    ending.abort();
    // The windows are gone and nothing is left to save: a second round of quit events has no purpose.
    host
      .close()
      .catch((error: unknown) => {
        process.stderr.write(`The host did not close cleanly: ${String(error)}\n`);
      })
      .finally(() => app.exit(0));
  });
}

async function askPerson({ message, detail, buttons }: ReturnType<typeof quitQuestion>): Promise<QuitAnswer> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'AgentCoord',
    message,
    detail,
    buttons: buttons.map(({ label }) => label),
    defaultId: 0,
    cancelId: buttons.findIndex(({ answer }) => answer === 'stay'),
    noLink: true,
  });
  return buttons[response]?.answer ?? 'stay';
}
