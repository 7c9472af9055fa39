/** A node of the tree that the parser makes of a source. */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

/** The nodes that a field of a node holds, be it one, a list, or an object around them. */
export const nodesIn = (value: unknown): readonly SyntaxNode[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (isNode(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(nodesIn);
};

/** The name of an identifier, of a JSX name (`aria-label`), of a property or of what is called. */
export function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  switch (value.type) {
    case 'JSXNamespacedName':
      return `${nameOf(value['namespace'])}:${nameOf(value['name'])}`;
    case 'MemberExpression':
      return nameOf(value['property']);
    case 'PrivateName':
      return `#${nameOf(value['id'])}`;
    default:
      return typeof value['value'] === 'string' ? value['value'] : '';
  }
}
