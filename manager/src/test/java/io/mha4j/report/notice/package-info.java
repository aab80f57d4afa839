@NullMarked
package io.mha4j.report.notice;

import org.jspecify.annotations.NullMarked;
