/** What the child of the kill test merges, all at once. */
export const mergedFiles = ['one', 'two', 'deep/three', 'deep/four', 'five', 'sometimes'];
