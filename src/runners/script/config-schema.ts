/** Designs the configuration that the requirements need, as a JSON Schema. */
import type { Facts } from './facts.ts';
import { answerLines, oneLine } from './markdown.ts';

export function configSchema(facts: Facts): string {
  const switches = facts.requirements.map((text, place) => [
    `requirement_${place + 1}`,
    { type: 'boolean', default: true, description: oneLine(text) },
  ]);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: facts.subject,
    description: facts.purpose,
    $comment: [
      `${facts.brief.task.title}, by ${facts.brief.member.name}.`,
      ...facts.inputs.map(
        ({ title, artifact }) => `Built on ${title}: ${artifact.path}, SHA-256 ${artifact.hash}.`,
      ),
      ...answerLines(facts),
    ].join(' '),
    type: 'object',
    additionalProperties: false,
    required: ['enabled', 'max_position', 'max_daily_loss'],
    properties: {
      enabled: { type: 'boolean', description: 'Nothing is traded while it is false.' },
      max_position: {
        type: 'number',
        exclusiveMinimum: 0,
        description: 'The largest holding, in units of the asset.',
      },
      max_daily_loss: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'As a share of the capital; trading stops for the day there.',
      },
      window: {
        type: 'integer',
        minimum: 2,
        maximum: 500,
        default: 20,
        description: 'Candles that a signal looks back.',
      },
      ...Object.fromEntries(switches),
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
