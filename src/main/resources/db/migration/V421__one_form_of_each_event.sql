ALTER TABLE event_log VALIDATE CONSTRAINT event_log_one_form;
