/**
 * REST: what other programs see of the house, under {@code /api}.
 *
 * <p>Every call says who it is (HTTP Basic); what is not named here is for nobody but an administrator. Who may do what
 * is decided by address in {@code org.jabr.web.AccessRules}; the rooms check authorities and four eyes again.
 *
 * <table>
 * <caption>Who may do what; an administrator may call everything</caption>
 * <tr><th>call</th><th>roles</th></tr>
 * <tr><td>import files, look at imports</td><td>supervisor, manager</td></tr>
 * <tr><td>report a failure, a contact, a withdrawal</td><td>agent, supervisor, manager</td></tr>
 * <tr><td>look at cases and decisions, replay a decision, try rules, look at releases</td><td>everybody who works here</td></tr>
 * <tr><td>replay everything since some day</td><td>analyst, approver, auditor</td></tr>
 * <tr><td>look at the worklist and at remedies</td><td>agent, supervisor, manager, auditor</td></tr>
 * <tr><td>claim, release and complete work</td><td>agent, supervisor, manager, each within their authority</td></tr>
 * <tr><td>look at reconciliation, settlements and what goes to the accounting</td><td>manager, auditor</td></tr>
 * <tr><td>take in settlements</td><td>manager</td></tr>
 * <tr><td>upload a release</td><td>analyst</td></tr>
 * <tr><td>publish a release</td><td>approver, another person than who uploaded it</td></tr>
 * </table>
 *
 * <p>Bodies are strict JSON: a field that nobody knows is refused by name. Every refusal is a problem document with a
 * stable code. Lists are read with a limit and a cursor. Writes take an {@code Idempotency-Key}.
 */
@NullMarked
package org.jabr.web.api;

import org.jspecify.annotations.NullMarked;
