const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

export const isGzip = (bytes: Buffer): boolean => bytes.subarray(0, 2).equals(GZIP_MAGIC);
