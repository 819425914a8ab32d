/** Tells a person why the app could not start, and what to do. */
import { app, dialog } from 'electron';
import { CoordError } from '../core/error.ts';

export function reportStartFailure(error: unknown): void {
  const text =
    error instanceof CoordError ? error.message : `${error instanceof Error ? error.stack : error}`;
  process.stderr.write(`${text}\n`);
  dialog.showErrorBox('AgentCoord could not start', text);
  app.exit(1);
}
