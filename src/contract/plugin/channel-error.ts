/** How a channel says why it could not do what it was asked. */

export const channelErrorCodes = [
  /** Not now: the host tries again, after `retryAfterMs` or by its own patience. What else is thrown counts as this. */
  'RETRY',
  /** Never: this message is set aside and the next one is sent. */
  'REJECTED',
  /** The settings no longer open the door, such as a token that was withdrawn: nothing is sent until they change. */
  'UNAUTHORIZED',
] as const;
export type ChannelErrorCode = (typeof channelErrorCodes)[number];

export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  readonly code: ChannelErrorCode;
  /** How long the service asked to be left alone, in ms. */
  readonly retryAfterMs: number | null;

  constructor(
    code: ChannelErrorCode,
    message: string,
    { retryAfterMs = null, ...options }: ErrorOptions & { readonly retryAfterMs?: number | null } = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
