import { parseSync } from '@swc/core';
import { isNode, nameOf, nodesIn, type SyntaxNode } from './syntax-tree.ts';

/** Attributes, properties and parameters whose text somebody reads or hears. */
const TEXT_NAMES: ReadonlySet<string> = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'ariaLabel',
  'caption',
  'description',
  'detail',
  'hint',
  'innerText',
  'label',
  'note',
  'placeholder',
  'text',
  'textContent',
  'title',
]);

/** Their words are read by whoever looks for a defect. */
const FOR_DEVELOPERS: ReadonlySet<string> = new Set(['invariant', 'assertNever', 'Error']);

const LETTER = /\p{L}/u;
const PROSE = /\p{L}{2,}[,:;]? \p{L}{2,}/u;

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  Object.values(node).flatMap(nodesIn);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The texts in a source that would be shown as they stand, in whatever language: in JSX, in what is
 * read aloud or shown as a hint, in properties called `label` and the like, and all that reads like
 * a sentence.
 */
export function literalTexts(
  source: string,
  { tsx }: { readonly tsx: boolean },
): readonly string[] {
  const found = new Set<string>();
  const module = parseSync(source, { syntax: 'typescript', tsx, target: 'es2024' });
  for (const node of childrenOf({ ...module })) look(node, found);
  return [...found];
}

function look(node: SyntaxNode, found: Set<string>): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'TsLiteralType':
    case 'TsTypeAliasDeclaration':
    case 'TsInterfaceDeclaration':
      return;
    case 'JSXText':
      take(textOf(node['value']), LETTER, found);
      return;
    case 'JSXElement':
    case 'JSXFragment':
      for (const child of nodesIn(node['children'])) {
        if (child.type === 'JSXExpressionContainer') shown(child['expression'], found);
      }
      break;
    case 'JSXAttribute':
      if (TEXT_NAMES.has(nameOf(node['name']))) shown(node['value'], found);
      break;
    case 'KeyValueProperty':
      if (TEXT_NAMES.has(nameOf(node['key']))) shown(node['value'], found);
      break;
    case 'AssignmentExpression':
      if (TEXT_NAMES.has(nameOf(node['left']))) shown(node['right'], found);
      break;
    case 'CallExpression':
    case 'NewExpression':
      if (FOR_DEVELOPERS.has(nameOf(node['callee']))) return;
      break;
    case 'StringLiteral':
      take(textOf(node['value']), PROSE, found);
      return;
    case 'TemplateElement':
      take(textOf(node['raw']), PROSE, found);
      return;
  }
  for (const child of childrenOf(node)) look(child, found);
}

/** The literals that an expression may come to; not what it compares, calls or draws. */
function shown(value: unknown, found: Set<string>): void {
  if (!isNode(value)) return;
  switch (value.type) {
    case 'StringLiteral':
      take(textOf(value['value']), LETTER, found);
      return;
    case 'TemplateElement':
      take(textOf(value['raw']), LETTER, found);
      return;
    case 'BinaryExpression':
      if (value['operator'] === '+' || value['operator'] === '??') break;
      // `a && 'text'`, `a || 'text'`: a comparison's sides are not shown.
      if (value['operator'] === '&&' || value['operator'] === '||') break;
      return;
    case 'ConditionalExpression':
      shown(value['consequent'], found);
      shown(value['alternate'], found);
      return;
    case 'JSXExpressionContainer':
    case 'ParenthesisExpression':
    case 'TemplateLiteral':
      break;
    default:
      return;
  }
  for (const child of childrenOf(value)) shown(child, found);
}

function take(text: string, pattern: RegExp, found: Set<string>): void {
  const line = text.trim().replace(/\s+/g, ' ');
  if (pattern.test(line)) found.add(line);
}
