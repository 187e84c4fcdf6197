package dev.holdfast.sample;

import dev.holdfast.document.FieldName;
import java.util.List;

/** The types of documents in the stream. */
enum Kind {
  RECEIPT("receipt", Receipts::draw, Receipts.FIELDS),
  INVOICE("invoice", Invoices::draw, Invoices.FIELDS),
  IDENTITY_DOCUMENT("identity_document", IdentityDocuments::draw, IdentityDocuments.FIELDS),
  RESUME("resume", Resumes::draw, Resumes.FIELDS),
  JOB_POSTING("job_posting", JobPostings::draw, JobPostings.FIELDS);

  private final String type;
  private final Template template;
  private final List<FieldName> fields;

  Kind(String type, Template template, List<String> fields) {
    this.type = type;
    this.template = template;
    this.fields = fields.stream().map(FieldName::new).toList();
  }

  /** Draws one document. */
  @FunctionalInterface
  interface Template {
    Canvas draw(String format, Dice dice);
  }

  String type() {
    return type;
  }

  /** All that a document of this type can have, in order. */
  List<FieldName> fields() {
    return fields;
  }

  Canvas draw(String format, Dice dice) {
    return template.draw(format, dice);
  }
}
