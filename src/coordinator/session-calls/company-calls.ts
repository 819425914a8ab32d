/** The host and its companies: which there are, how a new one comes about, and where each is kept. */
import type { CompanyPlaces } from '../../contract/company-places.ts';
import { moveCompanySchema } from '../../contract/company-places.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { createCompanyCallSchema } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import { checkInput } from '../bad-input.ts';
import { bindingTo } from './entry-calls.ts';
import type { Standing } from './standing.ts';

type CompanyCalls = Pick<
  Coordination,
  | 'companies'
  | 'hostFacts'
  | 'templates'
  | 'createCompany'
  | 'companyPlaces'
  | 'joinCompanies'
  | 'moveCompany'
>;

export function companyCalls(standing: Standing): CompanyCalls {
  const { host, ended } = standing;
  return {
    companies: async () => {
      const { holder } = standing.requireSession();
      const all = await host.companies.list();
      return 'owner' in holder ? all : all.filter(({ id }) => id === holder.companyId);
    },

    hostFacts: async () => {
      standing.requireOwner('look where it keeps things');
      if (host.facts) return host.facts();
      throw new CoordError('WRONG_STATE', 'This host says nothing of itself');
    },

    templates: async () => {
      standing.requireSession();
      return host.templates();
    },

    createCompany: async (call) => {
      standing.requireOwner('create a company');
      const session = standing.requireSession();
      // Its file is passed on as it came: the command that takes it checks it once.
      checkInput('createCompany', createCompanyCallSchema, call);
      const company = await host.companies.create(call.from, call.name ?? null);
      if (!standing.binding) standing.bind(await bindingTo(company, session, ended));
      const { id, name, template } = await company.details();
      return { id, name, template };
    },

    companyPlaces: async () => placesOf(standing, 'look where companies are kept').list(),

    joinCompanies: async () => placesOf(standing, 'join companies').join(),

    moveCompany: async (call) => {
      const places = placesOf(standing, 'move a company');
      const { company } = await standing.requireBinding();
      return places.move(company.id, checkInput('moveCompany', moveCompanySchema, call));
    },
  };
}

/** @throws CoordError `WRONG_STATE` - this host shares none, `FORBIDDEN` */
function placesOf(standing: Standing, what: string): CompanyPlaces {
  standing.requireOwner(what);
  if (standing.host.places) return standing.host.places;
  throw new CoordError('WRONG_STATE', `This host keeps its companies to itself: it can’t ${what}`);
}
