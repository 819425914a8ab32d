/** The company of a state, for what makes sense only once there is one. */
import { CoordError } from '../error.ts';
import type { CompanyState } from '../state.ts';
import type { Company } from './org.ts';

/** @throws CoordError `NOT_FOUND` */
export function requireCompany(state: CompanyState): Company {
  if (state.company) return state.company;
  throw new CoordError('NOT_FOUND', 'There is no company yet: create one from a template first, with `init`');
}
