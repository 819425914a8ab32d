/** Leads each call of the contract to the session that answers it. */
import type { CallName, Coordination } from '../contract/rpc.ts';
import { queryCallSchema } from '../contract/rpc.ts';
import type { Seq } from '../core/ids.ts';
import type { CallInput } from './parse-call.ts';
import type { ServedSubscriptions } from './served-subscriptions.ts';

type Answers = {
  readonly [Name in CallName]: (
    session: Coordination,
    subscriptions: ServedSubscriptions,
    argument: CallInput<Name>,
  ) => Promise<unknown>;
};

const answers: Answers = {
  hello: (session, _, call) => session.hello(call),
  takeHandover: (session) => session.takeHandover(),
  actAs: (session, _, call) => session.actAs(call),
  companies: (session) => session.companies(),
  hostFacts: (session) => session.hostFacts(),
  templates: (session) => session.templates(),
  createCompany: (session, _, call) => session.createCompany(call),
  companyPlaces: (session) => session.companyPlaces(),
  joinCompanies: (session) => session.joinCompanies(),
  moveCompany: (session, _, call) => session.moveCompany(call),
  plugins: (session) => session.plugins(),
  inspectPlugin: (session, _, call) => session.inspectPlugin(call),
  installPlugin: (session, _, call) => session.installPlugin(call),
  removePlugin: (session, _, call) => session.removePlugin(call),
  channels: (session) => session.channels(),
  setChannel: (session, _, call) => session.setChannel(call),
  removeChannel: (session, _, call) => session.removeChannel(call),
  testChannel: (session, _, call) => session.testChannel(call),
  linkChannel: (session, _, call) => session.linkChannel(call),
  unlinkChannel: (session, _, call) => session.unlinkChannel(call),
  tokens: (session) => session.tokens(),
  createToken: (session, _, call) => session.createToken(call),
  revokeToken: (session, _, call) => session.revokeToken(call),
  reviews: (session) => session.reviews(),
  startReview: (session, _, call) => session.startReview(call),
  stopReview: (session, _, call) => session.stopReview(call),
  staffing: (session) => session.staffing(),
  setLimits: (session, _, call) => session.setLimits(call),
  codingAgents: (session) => session.codingAgents(),
  command: (session, _, command) => session.command(command),
  query: (session, _, call) => {
    const { name } = queryCallSchema.parse(call);
    // The parameters were checked by the schema of this very name.
    return session.query(name, call.params as never);
  },
  putArtifact: (session, _, call) => session.putArtifact(call),
  readFile: (session, _, call) => session.readFile(call),
  writeFile: (session, _, call) => session.writeFile(call),
  listFiles: (session, _, call) => session.listFiles(call),
  mergeFiles: (session, _, call) => session.mergeFiles(call),
  openTree: (session, _, call) => session.openTree(call),
  commitTree: (session, _, call) => session.commitTree(call),
  follow: async (_, subscriptions, call) =>
    subscriptions.add(call.subscription, call.after as Seq, call.only),
  unfollow: async (_, subscriptions, call) => subscriptions.remove(call.subscription),
};

/** @param argument checked by the call's schema */
export function answerCall<Name extends CallName>(
  session: Coordination,
  subscriptions: ServedSubscriptions,
  name: Name,
  argument: CallInput<Name>,
): Promise<unknown> {
  return answers[name](session, subscriptions, argument);
}
