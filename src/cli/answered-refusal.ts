/** A refusal that the command has told already, as its answer: only the exit code is left to set. */
export class AnsweredRefusal extends Error {
  override readonly name = 'AnsweredRefusal';
}
