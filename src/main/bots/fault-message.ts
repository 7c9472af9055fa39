export const faultMessage = (fault: unknown): string =>
  fault instanceof Error ? fault.message : String(fault);
