/** The demo on a terminal: one block that is drawn again in place as the work goes on. */
import type { Gate } from '../../core/gate/gate.ts';
import type { Task } from '../../core/task/task.ts';
import type { DurationMs } from '../../core/units.ts';
import { plainLine, textWidth } from '../output/plain-text.ts';
import { meaningOf, styleFor } from '../output/style.ts';
import type { Line } from '../output/terminal-line.ts';
import { lineText } from '../output/terminal-line.ts';
import type { DemoView } from './demo-view.ts';
import { secondsText } from './demo-view.ts';
import type { EpicProgress } from './epic-progress.ts';
import { slotsOf } from './epic-progress.ts';

const redrawMs = 100;
const marks: Record<Task['state'], string> = {
  blocked: '·',
  ready: '○',
  leased: '●',
  awaiting_gate: '◇',
  done: '✓',
  failed: '✗',
  cancelled: '✗',
};

/** Draws until it is closed; while it is paused, others may write to the terminal. */
export function openLiveView(
  terminal: NodeJS.WriteStream,
  progress: EpicProgress,
  elapsed: () => DurationMs,
): DemoView {
  const style = styleFor(terminal);
  let drawnLines = 0;
  let paused = false;

  function draw(): void {
    if (paused) return;
    // The last column stays free: some terminals break the line there.
    const width = Math.max(1, terminal.columns - 1);
    const lines = demoLines(progress, elapsed()).slice(0, Math.max(1, terminal.rows - 1));
    terminal.write(
      `${eraser(drawnLines)}${lines.map((line) => `${lineText(line, width, style)}\n`).join('')}`,
    );
    drawnLines = lines.length;
  }

  // After a change of size the old lines may have been broken anew: start below them.
  const resized = () => {
    drawnLines = 0;
    draw();
  };
  terminal.on('resize', resized);
  const timer = setInterval(draw, redrawMs);
  draw();
  return {
    happened: () => undefined,
    pause: () => {
      draw();
      paused = true;
    },
    resume: () => {
      paused = false;
      drawnLines = 0;
    },
    close: () => {
      draw();
      clearInterval(timer);
      terminal.off('resize', resized);
    },
  };
}

/** Moves up over what was drawn and clears from there on. */
const eraser = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A\u001b[0J`);

function demoLines(progress: EpicProgress, elapsed: DurationMs): Line[] {
  const { epic } = progress;
  if (!epic) return [];
  const steps = progress.steps();
  const widest = Math.max(...steps.map((task) => textWidth(plainLine(task.title))));
  const share = `${Math.round(progress.share() * 100)} %`;
  return [
    [
      { text: plainLine(epic.title), meaning: 'strong' },
      ` ${epic.workflow.name} `,
      { text: epic.state, meaning: meaningOf(epic.state) },
      ` ${share} ${secondsText(elapsed)}`,
    ],
    ...steps.flatMap((task) => [
      taskLine(task, widest, progress),
      ...progress.gates().flatMap((gate) => (gate.taskId === task.id ? [gateLine(gate, progress)] : [])),
    ]),
  ];
}

function taskLine(task: Task, widest: number, progress: EpicProgress): Line {
  const meaning = meaningOf(task.state);
  const agent = task.assigneeId ? progress.nameOf(task.assigneeId) : '';
  const title = plainLine(task.title);
  const again = task.notes.length > 0 ? ` sent back ${task.notes.length}×` : '';
  return [
    { text: `  ${marks[task.state]} ${title}${' '.repeat(widest - textWidth(title))}  `, meaning },
    `${task.state.padEnd('awaiting_gate'.length)}  `,
    { text: agent || (task.roleId ?? ''), meaning: agent ? 'plain' : 'over' },
    { text: again, meaning: 'waiting' },
  ];
}

function gateLine(gate: Gate, progress: EpicProgress): Line {
  const reviewing = progress.reviews(gate);
  const slots = slotsOf(gate).flatMap(({ roleId, signOff }): Line => {
    if (signOff) return [{ text: ` ✓ ${roleId} (${progress.nameOf(signOff.memberId)})`, meaning: 'good' }];
    const reviewer = reviewing.find((task) => task.review?.roleId === roleId && task.lease)?.lease?.memberId;
    if (reviewer) return [{ text: ` ● ${roleId} (${progress.nameOf(reviewer)})`, meaning: 'alive' }];
    return [{ text: ` · ${roleId}`, meaning: 'over' }];
  });
  return [
    { text: `      ${gate.rule.position} ◆ ${gate.name} `, meaning: meaningOf(gate.state) },
    { text: gate.state, meaning: meaningOf(gate.state) },
    ...slots,
  ];
}
