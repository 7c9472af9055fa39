import { parseSync } from '@swc/core';
import { isNode, nameOf, nodesIn, type SyntaxNode } from './syntax-tree.ts';

/** What they are called with is read by whoever looks for a defect, or by machines. */
const NOT_FOR_USERS: ReadonlySet<string> = new Set([
  ...['invariant', 'assertNever', 'assertStorable', 'Error', 'TypeError', 'RangeError'],
  ...['prepare', 'exec', 'pragma', 'describe', 'registerDescription', 'onClose', 'setEncoding'],
]);
/** Of what is written for the types alone, these hold a value. */
const VALUES: ReadonlySet<string> = new Set([
  ...['TsAsExpression', 'TsConstAssertion', 'TsNonNullExpression', 'TsSatisfiesExpression'],
]);
const LOGGERS: ReadonlySet<string> = new Set(['log', '#log', 'logger', 'console']);
const SQL = /^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WITH|ORDER|FROM|WHERE|AND|ALTER)\b/;

/** Two words, or a word beside a blank: what a sentence has, and an identifier has not. */
const PROSE = /\p{L}{2,}[,:;]? \p{L}{2,}/u;
const WORD = /\p{L}{2,}/u;

/** `log.warn(…)` writes the program's log; `context.log(…)` a bot's, which is shown. */
const isLogger = (callee: unknown): boolean =>
  isNode(callee) && callee.type === 'MemberExpression' && LOGGERS.has(nameOf(callee['object']));

export interface HubSentencesOptions {
  /** Those of schemas stand in the document of the API, which is in English. */
  readonly withDescriptions: boolean;
}

const isDescription = (node: SyntaxNode): boolean =>
  node.type === 'KeyValueProperty' && nameOf(node['key']) === 'description';

/**
 * The sentences that a source may say to a user, as patterns: `No feed carries {1}`. Parts that are put
 * together by a condition or a function are sentences of their own.
 */
export function hubSentences(source: string, options: HubSentencesOptions): readonly string[] {
  const found = new Set<string>();
  const module = parseSync(source, { syntax: 'typescript', target: 'es2024' });
  for (const node of nodesIn(Object.values(module))) look(node, found, options);
  return [...found];
}

function look(node: SyntaxNode, found: Set<string>, options: HubSentencesOptions): void {
  if (node.type.startsWith('Ts') && !VALUES.has(node.type)) return;
  if (node.type === 'ImportDeclaration' || node.type === 'RegExpLiteral') return;
  if (!options.withDescriptions && isDescription(node)) return;
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const callee = node['callee'];
    if (NOT_FOR_USERS.has(nameOf(callee)) || isLogger(callee)) return;
  }
  const pattern = patternOf(node, { count: 0 });
  if (pattern !== null) take(pattern, found);
  for (const child of childrenOf(node)) look(child, found, options);
}

/** Of a text that is put together, its blanks; of one that stands as it is, nothing. */
function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'TemplateLiteral') return nodesIn(node['expressions']);
  if (isSum(node)) {
    return [node['left'], node['right']].flatMap((side) =>
      isNode(side) && patternOf(side, { count: 0 }) !== null ? childrenOf(side) : nodesIn(side),
    );
  }
  return Object.values(node).flatMap(nodesIn);
}

const isSum = (node: SyntaxNode): boolean =>
  node.type === 'BinaryExpression' && node['operator'] === '+' && sumHasText(node);

const sumHasText = (node: SyntaxNode): boolean =>
  [node['left'], node['right']].some(
    (side) => isNode(side) && (isText(side) || (side.type === 'BinaryExpression' && isSum(side))),
  );

const isText = ({ type }: SyntaxNode): boolean =>
  type === 'StringLiteral' || type === 'TemplateLiteral';

/** Null for what is no text. `blanks` counts on through the parts of a sum. */
function patternOf(node: SyntaxNode, blanks: { count: number }): string | null {
  if (node.type === 'StringLiteral') return String(node['value']);
  if (node.type === 'TemplateLiteral') {
    return nodesIn(node['quasis'])
      .map(({ cooked, raw }) => String(cooked ?? raw))
      .reduce((text, next) => `${text}{${++blanks.count}}${next}`);
  }
  if (!isSum(node)) return null;
  return [node['left'], node['right']]
    .map((side) => (isNode(side) ? (patternOf(side, blanks) ?? `{${++blanks.count}}`) : ''))
    .join('');
}

function take(pattern: string, found: Set<string>): void {
  const said = pattern.replace(/\s+/g, ' ');
  const ownWords = said.replace(/\{\d\}/g, ' ');
  if (SQL.test(said) || !WORD.test(ownWords)) return;
  if (PROSE.test(said.replace(/\{\d\}/g, 'blank'))) found.add(said);
}
