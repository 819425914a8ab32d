/** Markdown that an agent wrote. HTML in it is shown as text; pictures are not fetched; links leave the app. */
import type { Components } from 'react-markdown';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBox } from './code-box.tsx';
import { strings } from './strings.ts';

const plugins = [remarkGfm];

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ),
  // A picture from elsewhere would tell its server that somebody reads this.
  img: ({ alt }) => <em>{strings.pictureLeftOut(alt ?? '')}</em>,
  pre: ({ children }) => <CodeBox>{children}</CodeBox>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by the keyboard
    <table tabIndex={0}>{children}</table>
  ),
};

export interface MarkdownViewProps {
  text: string;
  /** Among other texts, without room of its own around it. */
  isTight?: boolean;
}

export function MarkdownView({ text, isTight = false }: MarkdownViewProps) {
  return (
    <div className={isTight ? 'prose' : 'prose px-5 py-4'}>
      <Markdown remarkPlugins={plugins} components={components}>
        {text}
      </Markdown>
    </div>
  );
}
