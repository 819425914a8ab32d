/** Watches the tables of a state, and tells which rows were changed since it was last asked. */
import type { RowChange } from '../../contract/audit.ts';
import type { Company } from '../../core/org/org.ts';
import type { CompanyState } from '../../core/state.ts';
import { tableNames } from '../../core/state.ts';
import type { Index } from '../../core/table.ts';

type Row = { readonly id: string };

interface Watched {
  watch(index: Index<Row>): void;
}

export class RowChanges {
  readonly #state: CompanyState;
  readonly #changes = new Map<string, { -readonly [Field in keyof RowChange]: RowChange[Field] }>();
  #isWatching = true;
  /** The company is no row of a table. */
  #company: Company | null;

  constructor(state: CompanyState) {
    this.#state = state;
    this.#company = state.company;
    for (const table of tableNames) {
      (state[table] as Watched).watch({
        add: (row) => {
          if (this.#isWatching) this.#changeOf(table, row.id, null).after = row;
        },
        remove: (row) => {
          if (this.#isWatching) this.#changeOf(table, row.id, row).after = null;
        },
      });
    }
  }

  /** From now on; forgets what was changed until then. */
  start(): void {
    this.#isWatching = true;
    this.#changes.clear();
    this.#company = this.#state.company;
  }

  /** What is changed from now on is not asked for. */
  stop(): void {
    this.#isWatching = false;
  }

  /** In the order in which they were changed. */
  take(): RowChange[] {
    const { company } = this.#state;
    const changes: RowChange[] = [];
    if (company !== this.#company) {
      const id = (company ?? this.#company)?.id ?? '';
      changes.push({ table: 'company', id, before: this.#company, after: company });
    }
    for (const change of this.#changes.values()) {
      if (change.before !== change.after) changes.push({ ...change });
    }
    this.start();
    return changes;
  }

  #changeOf(table: RowChange['table'], id: string, before: Row | null) {
    const key = `${table} ${id}`;
    const known = this.#changes.get(key);
    if (known) return known;
    const change = { table, id, before, after: before as Row | null };
    this.#changes.set(key, change);
    return change;
  }
}
