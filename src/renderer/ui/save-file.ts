/** Offers a file to be kept, under this name. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken it over by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

export const saveTextFile = (name: string, text: string): void =>
  saveFile(name, new Blob([text], { type: 'application/json' }));
