package org.jabr.customers;

import org.springframework.context.annotation.Import;

/** The customers by themselves, for rooms that are tried without the house. */
@Import({Customers.class, MadeUp.class, Marks.class, Vault.class, CustomerKeys.class, KeyWrap.class})
public class CustomerRoom {}
