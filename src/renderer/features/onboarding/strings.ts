/** The words of the first steps. */
export const strings = {
  product: 'AGENTCOORD',
  welcome: 'A company of agents, and you at its gates.',
  welcomeMore:
    'Pick how your company is staffed. Everything runs on this machine, with no key and no account; you can change all of it later.',
  template: 'Company template',
  templateLoading: 'Loading the templates',
  templateFailed: 'The templates could not be read',
  templates: {
    startup: { title: 'Startup', text: 'A seed-stage team: few people, each with a broad role.' },
    scaleup: { title: 'Scale-up', text: 'All five departments with their heads. Runs every workflow.' },
    janus_dev: { title: 'Janus dev', text: 'Nine agents that build and run a trading strategy bot.' },
    custom: { title: 'Empty', text: 'Nobody but you. Add people, roles and workflows yourself.' },
  } as Readonly<Record<string, { title: string; text: string }>>,
  members: (count: number) => (count === 1 ? '1 agent' : `${count} agents`),
  departments: (count: number) => (count === 1 ? '1 department' : `${count} departments`),
  runs: 'Can run',
  runsNot: 'Can’t run yet',
  runsNone: 'No workflow yet',
  you: 'You',
  youRole: 'owner · signs any gate',
  nobody: 'Nobody else yet.',
  name: 'Name of the company',
  create: 'Create company',
  refused: 'The company was not created',
  whyNot: (workflow: string, reasons: number) =>
    `Why ${workflow} can’t run: ${reasons} ${reasons === 1 ? 'reason' : 'reasons'}`,
  stepOf: (step: number, all: number) => `Step ${step} of ${all}`,
  firstEpic: 'Give it something to do',
  firstEpicMore:
    'An epic passes through a workflow: agents take its steps, gates wait for sign-offs, and the ones that need a human wait for you.',
  later: 'Later',
} as const;
