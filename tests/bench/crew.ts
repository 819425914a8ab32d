/** Processes that do the same work side by side: ordered about and answered over IPC. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a child answers to an order that it could not carry out. */
interface Failure {
  readonly failed: string;
}

export class Crew<Order extends object, Answer extends object> {
  readonly #hands: readonly Hand<Order, Answer>[];

  /** @param file the program; it answers each order by `takeOrders`; @param node the Node that it runs on */
  constructor(file: string, count: number, node = process.execPath) {
    this.#hands = Array.from({ length: count }, () => new Hand(file, node));
  }

  /** Gives each child its order, and waits for all of their answers. @throws Error what the first child says that failed */
  all(orderOf: (child: number) => Order): Promise<Answer[]> {
    return Promise.all(this.#hands.map((hand, n) => hand.ask(orderOf(n))));
  }

  /** The same, one after the other. */
  async each(orderOf: (child: number) => Order): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const [n, hand] of this.#hands.entries()) answers.push(await hand.ask(orderOf(n)));
    return answers;
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.dismiss()));
  }
}

/** One child, with one order at a time. */
class Hand<Order extends object, Answer extends object> {
  readonly #child: ChildProcess;
  #settle: (answer: Answer | Failure) => void = () => undefined;

  constructor(file: string, node: string) {
    this.#child = fork(file, { execPath: node });
    this.#child.on('message', (answer) => this.#settle(answer as Answer | Failure));
    this.#child.on('exit', (code) => this.#settle({ failed: `it ended with code ${code}` }));
  }

  async ask(order: Order): Promise<Answer> {
    const answer = await new Promise<Answer | Failure>((resolve) => {
      this.#settle = resolve;
      this.#child.send(order);
    });
    if ('failed' in answer) throw new Error(`A process of the benchmark failed: ${answer.failed}`);
    return answer;
  }

  async dismiss(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}

/** The child's side: carries out one order after the other, and ends when its parent lets it go. */
export function takeOrders<Order extends object, Answer extends object>(
  carryOut: (order: Order) => Promise<Answer>,
  end: () => Promise<void>,
): void {
  const answer = (message: Answer | Failure) => process.send?.(message);
  process.on('message', (order: Order) => {
    carryOut(order).then(answer, (error: unknown) =>
      answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => {
    void end().finally(() => process.exit());
  });
}
