/** A command that was stopped before it was done: its refusal is told, and the exit code says which signal it was. */
import type { CoordError } from '../core/error.ts';
import type { StopSignal } from '../serve/stop-signal.ts';

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly refusal: CoordError;
  readonly signal: StopSignal;

  constructor(refusal: CoordError, signal: StopSignal) {
    super(refusal.message);
    this.refusal = refusal;
    this.signal = signal;
  }
}
