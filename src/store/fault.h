/*
 * fault.h - a store that fails when it is told to: for tests.
 */
#ifndef KITH_STORE_FAULT_H
#define KITH_STORE_FAULT_H

#include "store/store.h"

/* As store_open(). */
enum err store_open_faulty(str folder, struct store **out, struct why *why);

/* The n-th call of the database from now on fails so, and none after it (0: none fails). */
void store_fault_at(int64_t n, enum err how);

/* How many calls there were since; and which statements, in their order, as one number. */
int64_t store_fault_calls(void);
uint64_t store_fault_trail(void);

#endif
