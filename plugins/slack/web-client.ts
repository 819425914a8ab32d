/** The client of the Web API, as we use it: the host does the waiting and trying again. */
import type { Logger, WebClientOptions } from '@slack/web-api';
import { LogLevel, WebClient } from '@slack/web-api';

/** In ms; the host gives a call 30 seconds. */
const patience = 12_000;

export const clientOptions = (slackApiUrl: string) =>
  ({
    slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: patience,
    // Each call goes to the address that was set, whatever it is called.
    allowAbsoluteUrls: false,
  }) satisfies WebClientOptions;

export const openWeb = (token: string, slackApiUrl: string): WebClient =>
  new WebClient(token, { ...clientOptions(slackApiUrl), logger: silent });

/** It would write what people say, and tickets for connections, to the log. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
