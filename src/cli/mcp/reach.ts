/** How an MCP client reaches this program: what both the server and the printed settings must agree on. */

/** Of `--http`; a fixed one, because it stands in the settings of clients. */
export const defaultPort = 4180;

/** Holds the bearer token of `--http`, so that it stands in no settings and no process list. */
export const tokenVariable = 'AGENTCOORD_MCP_TOKEN';
