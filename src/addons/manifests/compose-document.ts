import { Composer, type Document, LineCounter, Parser } from 'yaml';
import { watchLexemes } from './watch-lexemes.ts';

export interface ComposeProblem {
  readonly offset: number;
  readonly message: string;
}

export interface Composed {
  /** The tree of YAML's nodes; absent where there are problems. */
  readonly document?: Document;
  readonly problems: readonly ComposeProblem[];
  readonly lines: LineCounter;
}

/** Steps of the lexer that a file may still take. */
export interface Budget {
  tokens: number;
}

/** Of one document: each takes up to 700 bytes of memory until it is read. CRDs of 12 MB in one `List` have 900,000. */
const MAX_TOKENS = 1_000_000;

const OPTIONS = { schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, prettyErrors: false } as const;
const MAX_PROBLEMS = 20;
/** Reads the one YAML document of a text; scalars stay text. Work and depth are bounded before the tree is built. */
export function composeDocument(text: string, budget: Budget): Composed {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer(OPTIONS);
  const documents: Document[] = [];
  const refuse = (message: string): Composed => ({ problems: [{ offset: parser.offset, message }], lines });
  lines.addNewLine(0);
  try {
    let tokens = 0;
    for (const { text: lexeme, problem } of watchLexemes(text)) {
      if (--budget.tokens < 0 || ++tokens > MAX_TOKENS) return refuse('holds too many values: split it');
      if (problem !== undefined) return refuse(problem);
      for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    }
    for (const token of parser.end()) documents.push(...composer.next(token));
    documents.push(...composer.end(true, text.length));
  } catch (error) {
    if (error instanceof RangeError) return refuse('nested too deeply');
    throw error;
  }
  return toComposed(documents, lines);
}

function toComposed(documents: readonly Document[], lines: LineCounter): Composed {
  const [document, second] = documents;
  const problems = documents
    .flatMap(({ errors }) => errors)
    .map(({ pos, code }) => ({
      offset: pos[0],
      message: code.toLowerCase().replaceAll('_', ' '),
    }));
  if (second !== undefined && second.contents !== null) {
    const offset = second.range?.[0] ?? 0;
    problems.push({ offset, message: 'a document after `...`, which kubectl does not read: begin it with `---`' });
  }
  return problems.length === 0 && document !== undefined
    ? { document, problems, lines }
    : { problems: problems.slice(0, MAX_PROBLEMS), lines };
}
