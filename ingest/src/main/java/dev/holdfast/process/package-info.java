/** What every service process needs: settings, health, and the HTTP endpoint that shows them. */
package dev.holdfast.process;
