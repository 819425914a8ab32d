/** What a log says that does not answer: what was asked of it may have been done, or may not. */
import { CoordError } from '../core/error.ts';

export class LogAway extends CoordError {
  /** The batch whose fate is not known; null: it was not sent, so nothing of it was done. */
  readonly batch: string | null;

  /** @param place where the store is, without a password */
  constructor(place: string, batch: string | null, options?: ErrorOptions) {
    super('LOG_UNAVAILABLE', `${place} does not answer`, { place, batch }, options);
    this.batch = batch;
  }
}
