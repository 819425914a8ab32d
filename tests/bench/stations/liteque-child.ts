/** The process of liteque: bundled for the Node that it needs, and run beside the packages that it needs. */
import type { Drizzle, Liteque } from './liteque.ts';
import { openLiteque } from './liteque.ts';
import { serveStation } from './serve-station.ts';

/** By name, which nothing here can resolve before they are installed. */
const packages = { liteque: 'liteque', drizzle: 'drizzle-orm' } as const;

const liteque: Liteque = await import(packages.liteque);
const drizzle: Drizzle = await import(packages.drizzle);

serveStation({
  NORMAL: openLiteque(liteque, drizzle, 'NORMAL'),
  FULL: openLiteque(liteque, drizzle, 'FULL'),
});
