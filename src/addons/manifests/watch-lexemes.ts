import { Lexer } from 'yaml';

/** Brackets, or indicators on one line, that are open at once. Kinds unrolled by generators have some 60 levels. */
export const MAX_DEPTH = 256;

/** What the library's lexer puts before a plain or block scalar. */
const SCALAR = '\u001f';
/** Lexemes that stand for no text: also the begin of a document, and the end of brackets that are not closed. */
const marks: readonly string[] = [SCALAR, '\u0002', '\u0018'];

const steps: ReadonlyMap<string, number> = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
]);

interface Lexeme {
  readonly text: string;
  /** Why kubectl would not read it so, or why nothing should. */
  readonly problem: string | undefined;
}

/** The lexemes that came before one. */
interface Before {
  readonly third: string;
  readonly second: string;
  readonly last: string;
}

/** Of what the lexer keeps to itself: how far a line has to be indented to belong to what it is in. */
interface Indentation {
  indentNext: number;
}

/**
 * The library's lexemes, but inside of brackets and quotes a line may begin anywhere: YAML 1.2 wants it indented, kubectl (libyaml's
 * scanner) does not. Nesting, and the few forms that both accept and understand differently, are problems.
 */
export function* watchLexemes(text: string): Generator<Lexeme> {
  const lexer = new Lexer();
  const indentation = lexer as unknown as Indentation;
  let [brackets, indicators, offset] = [0, 0, 0];
  let lifted: number | undefined;
  let before: Before = { third: '', second: '', last: '' };
  for (const lexeme of lexer.lex(text)) {
    brackets += steps.get(lexeme) ?? 0;
    indicators = countIndicators(indicators, lexeme);
    const problem = explainDepth(Math.max(brackets, indicators)) ?? explainForm(lexeme, before, brackets > 0);
    yield { text: lexeme, problem };
    before = { third: before.second, second: before.last, last: lexeme };
    offset += marks.includes(lexeme) ? 0 : lexeme.length;
    const isFree = brackets > 0 || text[offset] === '"' || text[offset] === "'";
    lifted ??= isFree ? indentation.indentNext : undefined;
    if (lifted !== undefined) indentation.indentNext = isFree ? 0 : lifted;
    if (!isFree) lifted = undefined;
  }
}

function explainDepth(depth: number): string | undefined {
  return depth > MAX_DEPTH ? `nested more than ${MAX_DEPTH} levels deep` : undefined;
}

/** Of one line. */
function countIndicators(indicators: number, lexeme: string): number {
  if (lexeme === '\n') return 0;
  return lexeme === '-' || lexeme === '?' ? indicators + 1 : indicators;
}

/** `{a:}` has the key `a:` for kubectl, `[?a]` is a mapping, and `&a:` no anchor. */
function explainForm(lexeme: string, { third, last }: Before, inFlow: boolean): string | undefined {
  if (lexeme.startsWith('&') && lexeme.endsWith(':')) return 'a colon at the end of an anchor; put a space before it';
  if (last === ':' && third === SCALAR && /^[,\]}]/.test(lexeme)) return 'a colon without a space behind it';
  return inFlow && last === SCALAR && lexeme.startsWith('?')
    ? 'a text that begins with `?`; put it in quotes'
    : undefined;
}
