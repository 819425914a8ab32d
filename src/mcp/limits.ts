/** How much a client may send at once. */

/** Bytes of one message: room for the largest content (10 MiB) in base64, and what is around it. */
export const largestMessage = 16 * 1024 * 1024;

/** Sessions of one server; the one that was silent longest goes first. */
export const mostSessions = 64;
