/** Imported by each example: what the company refuses, or that no host runs, is said in a line and not as a stack. */
process.on('uncaughtException', (error: Error & { readonly code?: string }) => {
  const isRefusal = error.name === 'CoordError';
  console.error(isRefusal ? `${error.code}: ${error.message}` : error);
  process.exit(1);
});
