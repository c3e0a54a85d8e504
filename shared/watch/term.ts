/** One line of a watch, as people write it. */

/** Terms as written, lists already put in their place. */
export type Terms = readonly string[];
