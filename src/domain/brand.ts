declare const brand: unique symbol;

/** A nominal type: a plain `T` at run time that cannot be mixed up with another `T` when compiling. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
