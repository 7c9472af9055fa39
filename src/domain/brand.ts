declare const brand: unique symbol;

/** A nominal type: a plain `T` at run time that cannot be mixed up with another `T` when compiling. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** The same for those who have plain values, and leave it to a schema to check them. */
export type Unbranded<T> =
  T extends Brand<infer Plain, string>
    ? Plain extends string
      ? string
      : number
    : T extends readonly unknown[] | Record<string, unknown>
      ? { [Key in keyof T]: Unbranded<T[Key]> }
      : T;
